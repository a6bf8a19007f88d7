// How many patients a doctor treats.
// params: doctorId
// returns: total
MATCH (:Doctor {id: $doctorId})-[:TREATS]->(p:Patient)
RETURN count(p) AS total
