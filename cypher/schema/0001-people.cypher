// Clinic, departments, doctors, patients, and the counters their ids come from.
// Counter {name: label, value}
CREATE CONSTRAINT counter_name IF NOT EXISTS FOR (n:Counter) REQUIRE n.name IS UNIQUE;
// Clinic {id, name, timeZone, currency, languages[], country?, phone?, address?, version, createdAt}
CREATE CONSTRAINT clinic_id IF NOT EXISTS FOR (n:Clinic) REQUIRE n.id IS UNIQUE;
// (Clinic)-[:HAS_DEPARTMENT]->(Department {id, name, nameAr?, active, version})
CREATE CONSTRAINT department_id IF NOT EXISTS FOR (n:Department) REQUIRE n.id IS UNIQUE;
// (Department)-[:HAS_DOCTOR]->(Doctor {id, name, nameAr?, specialty?, room?, slotMinutes, active, version})
CREATE CONSTRAINT doctor_id IF NOT EXISTS FOR (n:Doctor) REQUIRE n.id IS UNIQUE;
// (Doctor)-[:TREATS {since}]->(Patient {id, givenName, familyName, birthDate, sex, phone?, email?, nationalId?, region?,
//   address?, active, allergyStatus, searchKey, sortKey, registeredAt, version})
CREATE CONSTRAINT patient_id IF NOT EXISTS FOR (n:Patient) REQUIRE n.id IS UNIQUE;
