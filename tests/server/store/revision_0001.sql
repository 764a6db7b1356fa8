BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE diagnoses (
	id VARCHAR(32) NOT NULL, 
	owner VARCHAR(64) NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	revision INTEGER NOT NULL, 
	number VARCHAR(60), 
	branch VARCHAR(40) NOT NULL, 
	year INTEGER, 
	sequence INTEGER, 
	former VARCHAR(60), 
	as_of VARCHAR(10) NOT NULL, 
	generation VARCHAR(200) NOT NULL, 
	created_at VARCHAR(32) NOT NULL, 
	updated_at VARCHAR(32) NOT NULL, 
	expires_at VARCHAR(32) NOT NULL, 
	issued_at VARCHAR(32), 
	case_json TEXT, 
	diagnosis_json TEXT, 
	sources_json TEXT, 
	edits_json TEXT, 
	report_json TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT one_number_each UNIQUE (year, branch, sequence), 
	UNIQUE (number)
);
INSERT INTO "diagnoses" VALUES('00000000000000000000000000000000','owner','issued',2,'26-경인-00001','경인',2026,1,NULL,'2026-11-20','g1','2026-11-20T09:30:00+09:00','2026-11-20T09:30:00+09:00','2026-11-20T09:30:00+09:00','2026-11-20T09:30:00+09:00','{"company": {"name": "예시"}, "survey": {}}','{}','[]','{}','{"title": "진단"}');
CREATE INDEX diagnoses_of_owner ON diagnoses (owner, status, created_at);
CREATE INDEX diagnoses_expiring ON diagnoses (status, expires_at);
COMMIT;
