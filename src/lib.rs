pub mod platform;
pub mod db;
pub mod cache;
pub mod jobs;
pub mod agencies;
