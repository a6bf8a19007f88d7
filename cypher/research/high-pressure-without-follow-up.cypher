// Who had a high blood pressure and has not been seen since, nor is booked?
// params: systolic (mmHg from which it counts as high), limit (rows at most)
// returns: patient, highest, measuredAt, measurements
// 8480-6 is the LOINC code of the systolic blood pressure.
MATCH (visit:Encounter)-[:HAS_OBSERVATION]->(o:Observation)
WHERE o.kind = '8480-6' AND o.value >= $systolic
// One row for each patient: their highest value and their last high measurement.
WITH visit.patientId AS patientId, max(o.value) AS highest, max(o.recordedAt) AS measuredAt, count(*) AS measurements
MATCH (patient:Patient)
WHERE patient.id = patientId
  // A small query inside the condition: is there a later appointment that was kept or is still to come?
  AND NOT EXISTS {
    MATCH (patient)-[:HAS_APPOINTMENT]->(later:Appointment)
    WHERE later.startsAt > measuredAt AND later.status IN ['booked', 'arrived', 'in-progress', 'completed']
  }
RETURN patient.id AS patient, highest, measuredAt, measurements
ORDER BY highest DESC, patient
LIMIT $limit
