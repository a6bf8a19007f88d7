// The clinic's time zone; no row before there is a clinic.
// returns: timeZone
MATCH (c:Clinic)
RETURN c.timeZone AS timeZone
LIMIT 1
