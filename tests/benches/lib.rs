//! Benchmarks of what users get; what stands beside it is measured in the same run.
//!
//! `requests` counts requests per second through the generated client and by bare reqwest, `size`
//! the bytes of a program that is built from either, `dependency` what a build script waits for.
