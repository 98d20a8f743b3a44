//! All tests of whole features and of the binary, in one binary of their own.

mod support;

mod architecture;
mod decode;
