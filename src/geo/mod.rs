//! Layers in, `Atlas` out; place and reach → assessment.
