"""One thing done to many applications: looked over before, done one by one, told afterwards."""
