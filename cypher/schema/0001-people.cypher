// Clinic, departments, doctors, patients, and the counters their ids come from.
// Counter {name: label, value}
CREATE CONSTRAINT counter_name IF NOT EXISTS FOR (n:Counter) REQUIRE n.name IS UNIQUE;
CREATE INDEX counter_name_lookup IF NOT EXISTS FOR (n:Counter) ON (n.name);
// Clinic {id, name, timeZone, currency, languages[], country?, phone?, address?, version, createdAt}
CREATE CONSTRAINT clinic_id IF NOT EXISTS FOR (n:Clinic) REQUIRE n.id IS UNIQUE;
CREATE INDEX clinic_id_lookup IF NOT EXISTS FOR (n:Clinic) ON (n.id);
// (Clinic)-[:HAS_DEPARTMENT]->(Department {id, name, nameAr?, active, version})
CREATE CONSTRAINT department_id IF NOT EXISTS FOR (n:Department) REQUIRE n.id IS UNIQUE;
CREATE INDEX department_id_lookup IF NOT EXISTS FOR (n:Department) ON (n.id);
// (Department)-[:HAS_DOCTOR]->(Doctor {id, name, nameAr?, specialty?, room?, slotMinutes, active, version})
CREATE CONSTRAINT doctor_id IF NOT EXISTS FOR (n:Doctor) REQUIRE n.id IS UNIQUE;
CREATE INDEX doctor_id_lookup IF NOT EXISTS FOR (n:Doctor) ON (n.id);
// (Doctor)-[:TREATS {since}]->(Patient {id, givenName, familyName, birthDate, sex, phone?, email?, nationalId?, region?,
//   address?, active, allergyStatus, searchKey, sortKey, phoneKey?, nationalKey?, registeredAt, version})
CREATE CONSTRAINT patient_id IF NOT EXISTS FOR (n:Patient) REQUIRE n.id IS UNIQUE;
CREATE INDEX patient_id_lookup IF NOT EXISTS FOR (n:Patient) ON (n.id);
// What a registration compares to find the same person twice; a scan of all patients would grow with the clinic.
CREATE INDEX patient_birth_date IF NOT EXISTS FOR (n:Patient) ON (n.birthDate);
CREATE INDEX patient_phone_key IF NOT EXISTS FOR (n:Patient) ON (n.phoneKey);
CREATE INDEX patient_national_key IF NOT EXISTS FOR (n:Patient) ON (n.nationalKey);
