//! YAML → playbook, or problems that point at the line; playbook + facts → next steps.
