/*
 * Calls that have no safe use here do not compile. This header is included
 * before every source file by the build (-include).
 */
#ifndef BANNED_H
#define BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#ifdef WITH_MYSQL
#include <mysql.h>
#include <errmsg.h>
#include <mysqld_error.h>
#endif

#ifdef WITH_PANGO
#include <pango/pangocairo.h>	/* glib's own macros name alloca */
#endif

#ifdef WITH_POPPLER
#include <pango/pangocairo.h>
#include <poppler.h>	/* has a field ctime */
#endif

#undef alloca	/* glibc has it as a macro, which poison refuses */
#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets
#pragma GCC poison gmtime localtime ctime asctime
#pragma GCC poison system popen tmpnam mktemp alloca
#pragma GCC poison mysql_query mysql_real_query mysql_real_escape_string

#endif
