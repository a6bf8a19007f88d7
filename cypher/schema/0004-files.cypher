// Medical files: what is known of them. Their bytes lie in the blob store.
// (Patient)-[:HAS_FILE]->(MedicalFile {id, filename, filetype, filesize, sha256, uploaddate, uploadedBy, uploadedById, description?, width?, height?, blobId, key,
//   voidedAt?, voidedBy?, voidReason?, purgedAt?})   (Observation)-[:HAS_FILE {linkedAt, linkedBy}]->(MedicalFile)
CREATE CONSTRAINT medical_file_id IF NOT EXISTS FOR (n:MedicalFile) REQUIRE n.id IS UNIQUE;
CREATE INDEX medical_file_id_lookup IF NOT EXISTS FOR (n:MedicalFile) ON (n.id);
// The upload that it was filed from: a filing that is done again finds the first.
CREATE CONSTRAINT medical_file_key IF NOT EXISTS FOR (n:MedicalFile) REQUIRE n.key IS UNIQUE;
CREATE INDEX medical_file_key_lookup IF NOT EXISTS FOR (n:MedicalFile) ON (n.key);
