# The photograph, as the camera took it.
{ name: (.zpbh + ".png"), media_type: .zplx, sha256: .zpzy, content: .zpsj }
