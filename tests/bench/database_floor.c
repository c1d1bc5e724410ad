/* The floor for a query: the same database in a bare C loop. Prints "select <per second>", "insert <per
   second>" and "rows <per second>": the rows and index entries that a new contact is made of, in one
   transaction. They need our schema and the context 9. usage: database_floor sqlite FILE | mysql PORT USER
   PASSWORD DATABASE */
#include <mysql.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { kSelects = 20000, kInserts = 2000, kFirstId = 1000000 };

static const char kSequence[] =
    "UPDATE context_sequence SET last_stamp=last_stamp+1,next_id=next_id+1 WHERE cid=9";
static const char kContact[] =
    "INSERT INTO contacts "
    "(cid,id,folder_id,created_by,modified_by,creation_date,last_modified,uid,private_flag,"
    "color_label,number_of_attachments,newest_attachment,user_id,mark_as_distributionlist,"
    "number_of_distribution_list,number_of_images,image_last_modified,search_fold,display_name,first_name,"
    "last_name,email1) VALUES (9,%s,25,3,3,%s,%s,%s,0,0,0,0,0,0,0,0,0,"
    "'new person person, new new@example.test','Person, New','New','Person','new@example.test')";
static const char kAddress[] =
    "INSERT INTO contact_addresses (cid,contact,position,mail_fold) VALUES (9,%s,1,'new@example.test')";

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void fail(const char* what) {
  fprintf(stderr, "%s\n", what);
  exit(1);
}

static void report(const char* name, int count, double start) {
  printf("%s %.1f\n", name, count / (now() - start));
}

enum { kUidSize = 40 };

/* Scattered as random ones are. */
static void write_uid(char* out, int id) {
  snprintf(out, kUidSize, "'%08x-0000-4000-8000-%012x'", (unsigned)id * 2654435761U, (unsigned)id);
}

static sqlite3_stmt* prepare_sqlite(sqlite3* db, const char* sql) {
  sqlite3_stmt* statement;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) fail(sqlite3_errmsg(db));
  return statement;
}

static void run_sqlite_rows(sqlite3* db) {
  enum { kStatements = 5, kOfContact = 2, kOfAddress = 3 };
  char contact[1024], address[256], uid[kUidSize];
  snprintf(contact, sizeof contact, kContact, "?1", "?1", "?1", "?2");
  snprintf(address, sizeof address, kAddress, "?1");
  const char* const texts[kStatements] = {"BEGIN IMMEDIATE", kSequence, contact, address, "COMMIT"};
  sqlite3_stmt* statements[kStatements];
  for (int k = 0; k < kStatements; ++k) statements[k] = prepare_sqlite(db, texts[k]);
  const double start = now();
  for (int i = 0; i < kInserts; ++i) {
    write_uid(uid, kFirstId + i);
    sqlite3_bind_int(statements[kOfContact], 1, kFirstId + i);
    sqlite3_bind_text(statements[kOfContact], 2, uid, -1, SQLITE_STATIC);
    sqlite3_bind_int(statements[kOfAddress], 1, kFirstId + i);
    for (int k = 0; k < kStatements; ++k) {
      if (sqlite3_step(statements[k]) != SQLITE_DONE) fail(sqlite3_errmsg(db));
      sqlite3_reset(statements[k]);
    }
  }
  report("rows", kInserts, start);
  for (int k = 0; k < kStatements; ++k) sqlite3_finalize(statements[k]);
}

static void run_sqlite(const char* file) {
  sqlite3* db;
  sqlite3_stmt *select, *insert;
  if (sqlite3_open(file, &db) != SQLITE_OK) fail("open");
  sqlite3_exec(db,
               "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
               "CREATE TABLE IF NOT EXISTS floor (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c TEXT)",
               NULL, NULL, NULL);
  sqlite3_prepare_v2(db, "INSERT INTO floor (a,b,c) VALUES (?,?,?)", -1, &insert, NULL);
  double start = now();
  for (int i = 0; i < kInserts; ++i) {
    for (int k = 1; k <= 3; ++k) sqlite3_bind_text(insert, k, "some ordinary text", -1, SQLITE_STATIC);
    if (sqlite3_step(insert) != SQLITE_DONE) fail(sqlite3_errmsg(db));
    sqlite3_reset(insert);
  }
  report("insert", kInserts, start);
  sqlite3_prepare_v2(db, "SELECT a,b,c FROM floor WHERE id=?", -1, &select, NULL);
  start = now();
  for (int i = 0; i < kSelects; ++i) {
    sqlite3_bind_int(select, 1, i % kInserts + 1);
    if (sqlite3_step(select) != SQLITE_ROW) fail(sqlite3_errmsg(db));
    (void)sqlite3_column_text(select, 0);
    sqlite3_reset(select);
  }
  report("select", kSelects, start);
  sqlite3_finalize(select);
  sqlite3_finalize(insert);
  run_sqlite_rows(db);
  sqlite3_close(db);
}

static MYSQL_STMT* prepare(MYSQL* db, const char* sql) {
  MYSQL_STMT* statement = mysql_stmt_init(db);
  if (mysql_stmt_prepare(statement, sql, strlen(sql)) != 0) fail(mysql_stmt_error(statement));
  return statement;
}

static void run_mysql_rows(MYSQL* db) {
  char contact[1024], address[256], all[2048], id[16], uid[kUidSize];
  const double start = now();
  for (int i = 0; i < kInserts; ++i) {
    snprintf(id, sizeof id, "%d", kFirstId + i);
    write_uid(uid, kFirstId + i);
    snprintf(contact, sizeof contact, kContact, id, id, id, uid);
    snprintf(address, sizeof address, kAddress, id);
    const int size =
        snprintf(all, sizeof all, "START TRANSACTION;%s;%s;%s;COMMIT", kSequence, contact, address);
    if (mysql_real_query(db, all, (unsigned long)size) != 0) fail(mysql_error(db));
    int more;
    while ((more = mysql_next_result(db)) == 0) continue;
    if (more > 0) fail(mysql_error(db));
  }
  report("rows", kInserts, start);
}

static void run_mysql(char** argument) {
  MYSQL* db = mysql_init(NULL);
  const unsigned port = (unsigned)strtoul(argument[0], NULL, 10);
  if (mysql_real_connect(db, "127.0.0.1", argument[1], argument[2], argument[3], port, NULL,
                         CLIENT_MULTI_STATEMENTS) == NULL)
    fail(mysql_error(db));
  mysql_query(db,
              "CREATE TABLE IF NOT EXISTS floor_table (id BIGINT PRIMARY KEY AUTO_INCREMENT, a TEXT, b TEXT, "
              "c TEXT)");
  MYSQL_STMT* insert = prepare(db, "INSERT INTO floor_table (a,b,c) VALUES (?,?,?)");
  char text[] = "some ordinary text";
  unsigned long length = sizeof text - 1;
  MYSQL_BIND in[3];
  memset(in, 0, sizeof in);
  for (int k = 0; k < 3; ++k) {
    in[k].buffer_type = MYSQL_TYPE_STRING;
    in[k].buffer = text;
    in[k].length = &length;
  }
  mysql_stmt_bind_param(insert, in);
  double start = now();
  for (int i = 0; i < kInserts; ++i)
    if (mysql_stmt_execute(insert) != 0) fail(mysql_stmt_error(insert));
  report("insert", kInserts, start);
  MYSQL_STMT* select = prepare(db, "SELECT a,b,c FROM floor_table WHERE id=?");
  long long id = 1;
  MYSQL_BIND key;
  memset(&key, 0, sizeof key);
  key.buffer_type = MYSQL_TYPE_LONGLONG;
  key.buffer = &id;
  char cells[3][64];
  MYSQL_BIND out[3];
  memset(out, 0, sizeof out);
  for (int k = 0; k < 3; ++k) {
    out[k].buffer_type = MYSQL_TYPE_STRING;
    out[k].buffer = cells[k];
    out[k].buffer_length = sizeof cells[k];
  }
  mysql_stmt_bind_param(select, &key);
  mysql_stmt_bind_result(select, out);
  start = now();
  for (int i = 0; i < kSelects; ++i) {
    id = i % kInserts + 1;
    if (mysql_stmt_execute(select) != 0 || mysql_stmt_fetch(select) != 0) fail(mysql_stmt_error(select));
    mysql_stmt_free_result(select);
  }
  report("select", kSelects, start);
  mysql_stmt_close(select);
  mysql_stmt_close(insert);
  run_mysql_rows(db);
  mysql_close(db);
}

int main(int count, char** argument) {
  if (count == 3 && strcmp(argument[1], "sqlite") == 0)
    run_sqlite(argument[2]);
  else if (count == 6 && strcmp(argument[1], "mysql") == 0)
    run_mysql(argument + 2);
  else
    fail("usage: database_floor sqlite FILE | mysql PORT USER PASSWORD DATABASE");
  return 0;
}
