//! The same question put to PostGIS: geography cut into parts of at most 64
//! vertices, a GiST index, `ST_DWithin` and `ST_Distance`. Time is taken inside
//! the server, so that no round trip counts against it.
//!
//! Runs when `OUTCROSS_POSTGRES` names a database for `psql` (such as
//! `postgresql:///bench`) in which the extension may be created; says so when
//! it does not.

use geo::{LineString, MultiPolygon};
use outcross::domain::place::Position;
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::Write as _,
    process::{Command, Stdio},
};

/// A database with the areas in it.
pub struct Postgis(String);

impl Postgis {
    /// Fills the tables, if there is a database.
    pub fn with(areas: &BTreeMap<String, MultiPolygon>) -> Option<Self> {
        let Ok(database) = std::env::var("OUTCROSS_POSTGRES") else {
            println!("\nPostGIS was not measured: OUTCROSS_POSTGRES names no database.");
            return None;
        };
        let server = Self(database);
        let mut script = String::from(
            "set client_min_messages = error; create extension if not exists postgis;\n\
             drop table if exists whole, parts; create unlogged table whole (id text, shape geometry);\n",
        );
        for (id, area) in areas {
            for polygon in area {
                let rings: Vec<String> =
                    std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect();
                let _ = writeln!(
                    script,
                    "insert into whole values ('{id}', ST_GeomFromText('POLYGON({})', 4326));",
                    rings.join(",")
                );
            }
        }
        script += "create unlogged table parts as
                     select id, ST_Subdivide(ST_MakeValid(shape), 64)::geography as shape from whole;
                   create index on parts using gist (shape); analyze parts;
                   set client_min_messages = notice;\n";
        server.run(&script)?;
        Some(server)
    }

    /// Microseconds at p50 and p99 for all areas within `radius` metres of each
    /// place, with distances; one round before it warms up.
    pub fn near(&self, places: &[Position], radius: f64) -> Option<(f64, f64)> {
        let mut script = String::from("create temp table place (n int, at geography);\n");
        for (n, at) in places.iter().enumerate() {
            let _ = writeln!(
                script,
                "insert into place values ({n}, ST_MakePoint({}, {})::geography);",
                at.lon, at.lat
            );
        }
        let _ = write!(
            script,
            "create temp table took (us float8);
             do $$ declare p record; began timestamptz; round int; begin
               for round in 1..2 loop
                 delete from took;
                 for p in select * from place order by n loop
                   began := clock_timestamp();
                   perform id, min(ST_Distance(shape, p.at)) from parts
                     where ST_DWithin(shape, p.at, {radius}) group by id;
                   insert into took values (extract(epoch from clock_timestamp() - began) * 1e6);
                 end loop;
               end loop;
             end $$;
             select percentile_disc(0.5) within group (order by us), percentile_disc(0.99) within group (order by us)
               from took;\n"
        );
        let answer = self.run(&script)?;
        let line = answer.lines().rev().find(|line| line.contains('|'))?;
        let (p50, p99) = line.split_once('|')?;
        Some((p50.trim().parse().ok()?, p99.trim().parse().ok()?))
    }

    fn run(&self, script: &str) -> Option<String> {
        let mut psql = Command::new("psql")
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", &self.0])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| println!("\nPostGIS was not measured: psql: {error}"))
            .ok()?;
        let mut input = psql.stdin.take().expect("a pipe");
        let script = script.to_owned();
        let writer = std::thread::spawn(move || input.write_all(script.as_bytes()));
        let output = psql.wait_with_output().expect("psql ends");
        let _ = writer.join();
        if !output.status.success() {
            println!("\nPostGIS was not measured: psql ended with {}", output.status);
            return None;
        }
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

fn ring(line: &LineString) -> String {
    let positions: Vec<String> = line.coords().map(|at| format!("{} {}", at.x, at.y)).collect();
    format!("({})", positions.join(","))
}
