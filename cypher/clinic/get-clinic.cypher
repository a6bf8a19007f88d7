// The clinic of this installation; no row before it is created.
// returns: id, name, timeZone, currency, languages, country, phone, address, version
MATCH (c:Clinic)
RETURN c.id AS id, c.name AS name, c.timeZone AS timeZone, c.currency AS currency, c.languages AS languages,
       c.country AS country, c.phone AS phone, c.address AS address, c.version AS version
LIMIT 1
