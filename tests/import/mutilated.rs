//! Files damaged anywhere: words come out, or a layer, never a crash.

use crate::{
    files::{collection, named, polygon, read, square},
    shapefiles::{shapefile, zipped},
};
use outcross::domain::layer::LayerKind;

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }
}

fn damaged(whole: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        match dice.below(4) {
            0 => bytes[at] = u8::try_from(dice.below(256)).expect("a byte"),
            1 => bytes[at] ^= 1 << dice.below(8),
            2 => bytes.truncate(at + 1),
            _ => {
                bytes.remove(at);
                bytes.push(b' ');
            }
        }
    }
    bytes
}

#[test]
fn damaged_files_never_crash() {
    let text = collection(&[
        (
            r#"{"NAME": "Cerrado", "Type": "hotspot area", "ISO_A2": "BR"}"#,
            &polygon(&square(-50.0, -20.0, 5.0)),
        ),
        (
            &named("Japan"),
            &polygon(&[[179.0, 0.0], [-179.0, 0.0], [-179.0, 1.0], [179.0, 1.0], [179.0, 0.0]]),
        ),
    ]);
    let topology = r#"{"type":"Topology","transform":{"scale":[0.5,0.5],"translate":[-140,-40]},"objects":{"a":{"type":"GeometryCollection","geometries":[{"type":"Polygon","id":"756","properties":{"name":"Japan"},"arcs":[[0,-2]]}]}},"arcs":[[[2,2],[-2,0],[0,-2],[2,0]],[[2,2],[0,-2]]]}"#;
    let (shp, dbf) = shapefile(&[
        ("Japan", "hotspot area", vec![square(0.0, 0.0, 4.0), square(1.0, 1.0, 1.0)]),
        ("Cerrado", "outer limit", vec![square(5.0, 0.0, 1.0)]),
    ]);
    let mut dice = Dice(3);
    let kinds = [LayerKind::Hotspots, LayerKind::Boundaries, LayerKind::Other];
    let (mut taken, mut refused) = (0, 0);
    for round in 0..3_000 {
        let bytes = match round % 5 {
            0 => damaged(text.as_bytes(), &mut dice),
            1 => damaged(topology.as_bytes(), &mut dice),
            2 => zipped(&[("a.shp", &damaged(&shp, &mut dice)), ("a.dbf", &dbf)]),
            3 => zipped(&[("a.shp", &shp), ("a.dbf", &damaged(&dbf, &mut dice))]),
            _ => damaged(&zipped(&[("a.shp", &shp), ("a.dbf", &dbf)]), &mut dice),
        };
        // The tables are read anew for hotspots and boundaries; mostly the others.
        let kind = if round % 40 < 5 { kinds[(round / 40) % 2] } else { kinds[2] };
        match read(kind, "damaged", &bytes) {
            Ok(layer) => {
                taken += 1;
                assert!(layer.kept > 0);
            }
            Err(error) => {
                refused += 1;
                assert!(error.to_string().len() > 10, "{error}");
            }
        }
    }
    assert!(taken > 100 && refused > 100, "{taken} {refused}");
}
