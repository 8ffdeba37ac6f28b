#include "usage.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "options.h"

static double seconds(struct timeval t) { return (double)t.tv_sec + (double)t.tv_usec / 1e6; }

/* From /proc/PID/stat, after the name in brackets, which may hold blanks: fields 14 and 15. */
static double process_seconds(int pid) {
  char path[64], text[1024];
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  FILE *file = fopen(path, "r");
  if (!file) return 0;
  size_t length = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  text[length] = 0;
  const char *rest = strrchr(text, ')');
  unsigned long long user = 0, system = 0;
  if (rest) sscanf(rest + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu", &user, &system);
  return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

static void read_cores(struct usage *usage) {
  FILE *file = fopen("/proc/stat", "r");
  char line[512];
  while (file && fgets(line, sizeof line, file)) {
    int core;
    unsigned long long t[8] = {0};
    if (sscanf(line, "cpu%d %llu %llu %llu %llu %llu %llu %llu %llu", &core, t, t + 1, t + 2, t + 3, t + 4, t + 5,
               t + 6, t + 7) < 8 || core >= MAX_CORES) continue;
    double tick = 1.0 / (double)sysconf(_SC_CLK_TCK);
    usage->busy[core] = (double)(t[0] + t[1] + t[2] + t[5] + t[6]) * tick;
    usage->stolen += (double)t[7] * tick;
    if (core >= usage->cores) usage->cores = core + 1;
  }
  if (file) fclose(file);
}

void usage_read(struct usage *usage) {
  memset(usage, 0, sizeof *usage);
  struct rusage own;
  getrusage(RUSAGE_SELF, &own);
  usage->own = seconds(own.ru_utime) + seconds(own.ru_stime);
  for (int i = 0; i < options.servers; i++) usage->servers += process_seconds(options.server_pids[i]);
  read_cores(usage);
}
