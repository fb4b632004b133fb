"""How it is RUN: definitions, jobs, resources, readers and writers, command line, report templates."""
