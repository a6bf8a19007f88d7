// Visits, findings, diagnoses, notes, allergies.
// (Appointment|Patient)-[:HAS_ENCOUNTER]->(Encounter {id, status, startedAt, completedAt?, reason?, patientId, doctorId?, doctorName, key, version})
CREATE CONSTRAINT encounter_id IF NOT EXISTS FOR (n:Encounter) REQUIRE n.id IS UNIQUE;
CREATE INDEX encounter_id_lookup IF NOT EXISTS FOR (n:Encounter) ON (n.id);
CREATE CONSTRAINT encounter_key IF NOT EXISTS FOR (n:Encounter) REQUIRE n.key IS UNIQUE;
CREATE INDEX encounter_key_lookup IF NOT EXISTS FOR (n:Encounter) ON (n.key);
// For the chart: one indexed look-up whatever the path from the patient.
CREATE INDEX encounter_patient IF NOT EXISTS FOR (n:Encounter) ON (n.patientId);
// (Encounter)-[:HAS_OBSERVATION]->(Observation {id, kind, text?, value?, unit?, recordedAt, recordedBy, key})
CREATE CONSTRAINT observation_id IF NOT EXISTS FOR (n:Observation) REQUIRE n.id IS UNIQUE;
CREATE INDEX observation_id_lookup IF NOT EXISTS FOR (n:Observation) ON (n.id);
CREATE CONSTRAINT observation_key IF NOT EXISTS FOR (n:Observation) REQUIRE n.key IS UNIQUE;
CREATE INDEX observation_key_lookup IF NOT EXISTS FOR (n:Observation) ON (n.key);
// (Observation)-[:HAS_DIAGNOSIS]->(Diagnosis {id, certainty, recordedAt, recordedBy, key})-[:OF]->(Condition {code, title})
CREATE CONSTRAINT diagnosis_id IF NOT EXISTS FOR (n:Diagnosis) REQUIRE n.id IS UNIQUE;
CREATE INDEX diagnosis_id_lookup IF NOT EXISTS FOR (n:Diagnosis) ON (n.id);
CREATE CONSTRAINT diagnosis_key IF NOT EXISTS FOR (n:Diagnosis) REQUIRE n.key IS UNIQUE;
CREATE INDEX diagnosis_key_lookup IF NOT EXISTS FOR (n:Diagnosis) ON (n.key);
CREATE CONSTRAINT condition_code IF NOT EXISTS FOR (n:Condition) REQUIRE n.code IS UNIQUE;
CREATE INDEX condition_code_lookup IF NOT EXISTS FOR (n:Condition) ON (n.code);
// (Encounter)-[:HAS_NOTE]->(Note {id, kind, complaint, examination, plan, reason?, writtenAt, writtenBy, key})
CREATE CONSTRAINT note_id IF NOT EXISTS FOR (n:Note) REQUIRE n.id IS UNIQUE;
CREATE INDEX note_id_lookup IF NOT EXISTS FOR (n:Note) ON (n.id);
CREATE CONSTRAINT note_key IF NOT EXISTS FOR (n:Note) REQUIRE n.key IS UNIQUE;
CREATE INDEX note_key_lookup IF NOT EXISTS FOR (n:Note) ON (n.key);
// (Patient)-[:ALLERGIC_TO {id, severity, reaction?, recordedAt, recordedBy, voidedAt?, voidedBy?, voidReason?}]->(Substance {key, name})
CREATE CONSTRAINT substance_key IF NOT EXISTS FOR (n:Substance) REQUIRE n.key IS UNIQUE;
CREATE INDEX substance_key_lookup IF NOT EXISTS FOR (n:Substance) ON (n.key);
// (Patient)-[:HAS_CONDITION {id, since?, recordedAt, recordedBy}]->(Condition)
