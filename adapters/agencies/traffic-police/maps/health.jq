# Whether the interface is up.
{ jkid: "00" }
