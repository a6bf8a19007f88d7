// Creates the clinic.
// params: clinic (id, name, timeZone, currency, languages, country, founderId, createdAt, version)
// returns: id
// writes
CREATE (c:Clinic)
SET c += $clinic
RETURN c.id AS id
