//! What the author of a playbook should mend, each with its line.
