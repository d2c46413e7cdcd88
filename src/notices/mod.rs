//! What is said to people, and by which channel.
