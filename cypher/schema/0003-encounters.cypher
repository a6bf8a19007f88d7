// Visits, findings, diagnoses, notes, allergies.
// (Appointment|Patient)-[:HAS_ENCOUNTER]->(Encounter {id, status, startedAt, completedAt?, reason?, patientId, doctorId?, doctorName, key, version})
CREATE CONSTRAINT encounter_id IF NOT EXISTS FOR (n:Encounter) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT encounter_key IF NOT EXISTS FOR (n:Encounter) REQUIRE n.key IS UNIQUE;
// For the chart: one indexed look-up whatever the path from the patient.
CREATE INDEX encounter_patient IF NOT EXISTS FOR (n:Encounter) ON (n.patientId);
// (Encounter)-[:HAS_OBSERVATION]->(Observation {id, kind, text?, value?, unit?, recordedAt, recordedBy, key})
CREATE CONSTRAINT observation_id IF NOT EXISTS FOR (n:Observation) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT observation_key IF NOT EXISTS FOR (n:Observation) REQUIRE n.key IS UNIQUE;
// (Observation)-[:HAS_DIAGNOSIS]->(Diagnosis {id, certainty, recordedAt, recordedBy, key})-[:OF]->(Condition {code, title})
CREATE CONSTRAINT diagnosis_id IF NOT EXISTS FOR (n:Diagnosis) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT diagnosis_key IF NOT EXISTS FOR (n:Diagnosis) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT condition_code IF NOT EXISTS FOR (n:Condition) REQUIRE n.code IS UNIQUE;
// (Encounter)-[:HAS_NOTE]->(Note {id, kind, complaint, examination, plan, reason?, writtenAt, writtenBy, key})
CREATE CONSTRAINT note_id IF NOT EXISTS FOR (n:Note) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT note_key IF NOT EXISTS FOR (n:Note) REQUIRE n.key IS UNIQUE;
// (Patient)-[:ALLERGIC_TO {id, severity, reaction?, recordedAt, recordedBy, voidedAt?, voidedBy?, voidReason?}]->(Substance {key, name})
CREATE CONSTRAINT substance_key IF NOT EXISTS FOR (n:Substance) REQUIRE n.key IS UNIQUE;
// (Patient)-[:HAS_CONDITION {id, since?, recordedAt, recordedBy}]->(Condition)
