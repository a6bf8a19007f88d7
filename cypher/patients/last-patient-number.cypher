// The highest number that a patient's id can have; no row before the first patient.
// returns: last
MATCH (c:Counter {name: 'Patient'})
RETURN c.value AS last
