/* The floor for requests of many rows: the same statements, or the same rows, in a bare C loop on one
   connection. Prints milliseconds. statement_floor read ROUNDS DATABASE   runs the statements of standard
   input, one a line, and reads every column of every row; the median of the rounds statement_floor copy CID
   DATABASE      writes the rows of events of a context once more, for the context CID+1000, a hundred events
   in a transaction, as an import does DATABASE: sqlite FILE | mysql PORT USER PASSWORD NAME */
#include <mysql.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { kMostStatements = 16, kMostRounds = 10000, kTogether = 100, kOtherContext = 1000, kTables = 3 };

static const char* const kNames[kTables] = {"events", "event_attendees", "event_originals"};
static const char* const kOrders[kTables] = {"id", "event,position", "event"};

static char* statements[kMostStatements];
static int statement_count;
static volatile long long bytes_read;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void fail(const char* what) {
  fprintf(stderr, "%s\n", what);
  exit(1);
}

static void* must(void* memory) {
  if (memory == NULL) fail("out of memory");
  return memory;
}

static void read_statements(void) {
  char* line = NULL;
  size_t room = 0;
  ssize_t length;
  while ((length = getline(&line, &room, stdin)) > 0) {
    if (statement_count == kMostStatements) fail("too many statements");
    line[length - 1] = '\0';
    statements[statement_count++] = must(strdup(line));
  }
  free(line);
}

static int by_size(const void* a, const void* b) {
  const double x = *(const double*)a, y = *(const double*)b;
  return (x > y) - (x < y);
}

static void print_median(void (*run)(void*), void* db, int rounds) {
  static double times[kMostRounds];
  if (rounds < 1 || rounds > kMostRounds) fail("ROUNDS");
  run(db);
  for (int i = 0; i < rounds; ++i) {
    const double start = now();
    run(db);
    times[i] = now() - start;
  }
  qsort(times, (size_t)rounds, sizeof times[0], by_size);
  printf("%.3f\n", times[rounds / 2]);
}

/* ---- SQLite */

static sqlite3* open_sqlite(const char* file) {
  sqlite3* db;
  if (sqlite3_open(file, &db) != SQLITE_OK) fail("open");
  if (sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", NULL, NULL, NULL) != SQLITE_OK)
    fail(sqlite3_errmsg(db));
  return db;
}

static sqlite3_stmt* prepare_sqlite(sqlite3* db, const char* sql) {
  sqlite3_stmt* statement;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) fail(sqlite3_errmsg(db));
  return statement;
}

static void run_sqlite(void* given) {
  static sqlite3_stmt* prepared[kMostStatements];
  for (int k = 0; k < statement_count; ++k) {
    if (prepared[k] == NULL) prepared[k] = prepare_sqlite(given, statements[k]);
    int step;
    while ((step = sqlite3_step(prepared[k])) == SQLITE_ROW)
      for (int column = 0; column < sqlite3_column_count(prepared[k]); ++column) {
        (void)sqlite3_column_text(prepared[k], column);
        bytes_read += sqlite3_column_bytes(prepared[k], column);
      }
    if (step != SQLITE_DONE) fail(sqlite3_errmsg(given));
    sqlite3_reset(prepared[k]);
  }
}

struct SqliteRows {
  sqlite3_stmt* insert;
  sqlite3_value** values;
  int columns, rows;
};

static void load_sqlite(sqlite3* db, long long cid, int table, struct SqliteRows* into) {
  char sql[1024];
  snprintf(sql, sizeof sql, "SELECT * FROM %s WHERE cid=%lld ORDER BY %s", kNames[table], cid,
           kOrders[table]);
  sqlite3_stmt* select = prepare_sqlite(db, sql);
  into->columns = sqlite3_column_count(select);
  int room = 0;
  while (sqlite3_step(select) == SQLITE_ROW) {
    if (into->rows == room) {
      room = room == 0 ? 1024 : room * 2;
      into->values =
          must(realloc(into->values, sizeof(sqlite3_value*) * (size_t)room * (size_t)into->columns));
    }
    for (int column = 0; column < into->columns; ++column)
      into->values[into->rows * into->columns + column] =
          must(sqlite3_value_dup(sqlite3_column_value(select, column)));
    ++into->rows;
  }
  sqlite3_finalize(select);
  int length = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", kNames[table]);
  for (int column = 1; column < into->columns; ++column)
    length += snprintf(sql + length, sizeof sql - (size_t)length, ",?");
  snprintf(sql + length, sizeof sql - (size_t)length, ")");
  into->insert = prepare_sqlite(db, sql);
}

static void copy_sqlite(sqlite3* db, long long cid) {
  struct SqliteRows tables[kTables];
  memset(tables, 0, sizeof tables);
  for (int table = 0; table < kTables; ++table) load_sqlite(db, cid, table, &tables[table]);
  sqlite3_stmt* const begin = prepare_sqlite(db, "BEGIN IMMEDIATE");
  sqlite3_stmt* const commit = prepare_sqlite(db, "COMMIT");
  const double start = now();
  for (int row = 0; row < tables[0].rows; ++row) {
    if (row % kTogether == 0) {
      if (sqlite3_step(begin) != SQLITE_DONE) fail(sqlite3_errmsg(db));
      sqlite3_reset(begin);
    }
    for (int table = 0; table < kTables; ++table) {
      const struct SqliteRows* const from = &tables[table];
      if (row >= from->rows) continue;
      sqlite3_bind_int64(from->insert, 1, cid + kOtherContext);
      for (int column = 1; column < from->columns; ++column)
        sqlite3_bind_value(from->insert, column + 1, from->values[row * from->columns + column]);
      if (sqlite3_step(from->insert) != SQLITE_DONE) fail(sqlite3_errmsg(db));
      sqlite3_reset(from->insert);
    }
    if (row % kTogether == kTogether - 1 || row == tables[0].rows - 1) {
      if (sqlite3_step(commit) != SQLITE_DONE) fail(sqlite3_errmsg(db));
      sqlite3_reset(commit);
    }
  }
  printf("%.3f\n", now() - start);
}

/* ---- MariaDB */

static MYSQL* open_mysql(char** argument) {
  MYSQL* db = mysql_init(NULL);
  const unsigned port = (unsigned)strtoul(argument[0], NULL, 10);
  if (mysql_real_connect(db, "127.0.0.1", argument[1], argument[2], argument[3], port, NULL,
                         CLIENT_MULTI_STATEMENTS) == NULL)
    fail(mysql_error(db));
  return db;
}

static void run_mysql(void* given) {
  for (int k = 0; k < statement_count; ++k) {
    if (mysql_query(given, statements[k]) != 0) fail(mysql_error(given));
    MYSQL_RES* result = mysql_store_result(given);
    if (result == NULL) fail(mysql_error(given));
    const unsigned columns = mysql_num_fields(result);
    while (mysql_fetch_row(result) != NULL) {
      const unsigned long* lengths = mysql_fetch_lengths(result);
      for (unsigned column = 0; column < columns; ++column) bytes_read += (long long)lengths[column];
    }
    mysql_free_result(result);
  }
}

struct Text {
  char* data;
  size_t length, room;
};

static void append(struct Text* text, const char* data, size_t length) {
  if (text->length + length + 1 > text->room) {
    text->room = (text->length + length + 1) * 2;
    text->data = must(realloc(text->data, text->room));
  }
  memcpy(text->data + text->length, data, length);
  text->length += length;
}

static void append_row(MYSQL* db, struct Text* text, int table, MYSQL_RES* result, long long cid) {
  const MYSQL_ROW row = mysql_fetch_row(result);
  if (row == NULL) return;
  const unsigned long* lengths = mysql_fetch_lengths(result);
  char head[128];
  append(text, head,
         (size_t)snprintf(head, sizeof head, ";INSERT INTO %s VALUES (%lld", kNames[table],
                          cid + kOtherContext));
  for (unsigned column = 1; column < mysql_num_fields(result); ++column) {
    append(text, ",", 1);
    if (row[column] == NULL) {
      append(text, "NULL", 4);
      continue;
    }
    char* const escaped = must(malloc(lengths[column] * 2 + 1));
    const unsigned long length = mysql_real_escape_string(db, escaped, row[column], lengths[column]);
    append(text, "'", 1);
    append(text, escaped, length);
    append(text, "'", 1);
    free(escaped);
  }
  append(text, ")", 1);
}

/* The texts are there before the clock runs: the floor is the database alone. */
static void copy_mysql(MYSQL* db, long long cid) {
  MYSQL_RES* results[kTables];
  char sql[256];
  for (int table = 0; table < kTables; ++table) {
    snprintf(sql, sizeof sql, "SELECT * FROM %s WHERE cid=%lld ORDER BY %s", kNames[table], cid,
             kOrders[table]);
    if (mysql_query(db, sql) != 0 || (results[table] = mysql_store_result(db)) == NULL) fail(mysql_error(db));
  }
  const size_t rows = mysql_num_rows(results[0]), batches = (rows + kTogether - 1) / kTogether;
  struct Text* const texts = must(calloc(batches + 1, sizeof *texts));
  for (size_t row = 0; row < rows; ++row) {
    struct Text* const text = &texts[row / kTogether];
    if (row % kTogether == 0) append(text, "START TRANSACTION", 17);
    for (int table = 0; table < kTables; ++table) append_row(db, text, table, results[table], cid);
    if (row % kTogether == kTogether - 1 || row == rows - 1) append(text, ";COMMIT", 7);
  }
  const double start = now();
  for (size_t batch = 0; batch < batches; ++batch) {
    if (mysql_real_query(db, texts[batch].data, texts[batch].length) != 0) fail(mysql_error(db));
    int more;
    while ((more = mysql_next_result(db)) == 0) continue;
    if (more > 0) fail(mysql_error(db));
  }
  printf("%.3f\n", now() - start);
}

int main(int count, char** argument) {
  const int is_sqlite = count == 5 && strcmp(argument[3], "sqlite") == 0;
  const int is_mysql = count == 8 && strcmp(argument[3], "mysql") == 0;
  const int reads = count > 2 && strcmp(argument[1], "read") == 0;
  if ((!is_sqlite && !is_mysql) || (!reads && strcmp(argument[1], "copy") != 0))
    fail("usage: statement_floor read ROUNDS | copy CID, sqlite FILE | mysql PORT USER PASSWORD NAME");
  const long long number = atoll(argument[2]);
  if (reads) read_statements();
  if (is_sqlite) {
    sqlite3* const db = open_sqlite(argument[4]);
    if (reads)
      print_median(run_sqlite, db, (int)number);
    else
      copy_sqlite(db, number);
    return 0;
  }
  MYSQL* const db = open_mysql(argument + 4);
  if (reads)
    print_median(run_mysql, db, (int)number);
  else
    copy_mysql(db, number);
  return 0;
}
