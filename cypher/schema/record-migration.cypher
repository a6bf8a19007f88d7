// Records that a step of the schema has been taken.
// params: version, name, checksum (SHA-256 of its statements), appliedAt (instant)
// returns: version
// writes
MERGE (m:SchemaMigration {version: $version})
SET m.name = $name, m.checksum = $checksum, m.appliedAt = $appliedAt
RETURN m.version AS version
