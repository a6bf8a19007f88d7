// How many visits a patient has.
// params: patientId, statuses
// returns: total
MATCH (e:Encounter {patientId: $patientId})
WHERE e.status IN $statuses
RETURN count(e) AS total
