//! How values that are written as plain JSON describe themselves in the
//! OpenAPI document.

/// Says that a type is written like another one, described in words.
macro_rules! written_as {
    ($type:ty as $plain:ty, $description:literal) => {
        impl utoipa::PartialSchema for $type {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                match <$plain as utoipa::PartialSchema>::schema() {
                    utoipa::openapi::RefOr::T(utoipa::openapi::Schema::Object(mut object)) => {
                        object.description = Some($description.to_owned());
                        utoipa::openapi::RefOr::T(utoipa::openapi::Schema::Object(object))
                    }
                    other => other,
                }
            }
        }

        impl utoipa::ToSchema for $type {
            fn schemas(named: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
                // What the other type refers to has to stand in the document too.
                <$plain as utoipa::ToSchema>::schemas(named);
            }
        }
    };
}

pub(crate) use written_as;
