"""Rules of incidents: pure functions over frozen data; no files, SQL, clock reads or Textual."""
