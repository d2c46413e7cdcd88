//! Each part of the sandbox, over its real protocol.

mod harness;
mod national;
mod people;
mod portal;
mod post_box;
mod register;
mod site;
