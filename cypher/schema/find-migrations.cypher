// Which steps of the schema have been taken?
// returns: version, name, checksum, appliedAt (instant)
MATCH (m:SchemaMigration)
RETURN m.version AS version, m.name AS name, m.checksum AS checksum, m.appliedAt AS appliedAt
ORDER BY version
