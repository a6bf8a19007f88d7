// How far the patients have come: what the directory of search and roster compares itself with.
// returns: last (the highest number that a patient's id can have), change (number of the last change of a patient), clinic (instant at which it was founded); each null before the first
OPTIONAL MATCH (p:Counter {name: 'Patient'})
OPTIONAL MATCH (k:Counter {name: 'PatientChange'})
OPTIONAL MATCH (c:Clinic)
RETURN p.value AS last, k.value AS change, c.createdAt AS clinic
