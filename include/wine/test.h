/*
 * Test framework
 *
 * The interface is that of Wine's own wine/test.h, so that a test compiles with either. A test file has one
 * START_TEST(name); the file that defines STANDALONE before it includes this one has the list of the units,
 * and gets main().
 *
 * Copyright 2026 the winelsp authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

#ifndef __WINE_WINE_TEST_H
#define __WINE_WINE_TEST_H

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <windef.h>
#include <winbase.h>
#include <wine/debug.h>

#ifndef ARRAY_SIZE
# define ARRAY_SIZE(x) (sizeof(x) / sizeof((x)[0]))
#endif

/* From the environment variables WINETEST_DEBUG (0: print failures only; 1: the default),
 * WINETEST_INTERACTIVE, WINETEST_REPORT_SUCCESS (print what succeeds, too) and WINETEST_PLATFORM ("wine" or
 * "windows"; by default what the test runs on). */
extern int winetest_debug;
extern int winetest_interactive;
extern int winetest_report_success;
extern const char *winetest_platform;

/* The checks. Their message is a printf format that ends in a newline. All of them may be used in any thread.
 *   ok(condition, ...)     counts a check, and prints the message if the condition is false
 *   todo_wine ok(...)      the check fails on Wine today: it counts as a failure there if it succeeds
 *   skip(...)              says why some checks are not done
 *   win_skip(...)          the same, for what only old Windows versions lack: on Wine it is a failure
 *   broken(condition)      a result that only Windows may give: false on Wine
 *   trace(...)             prints
 *   wait_child_process(h)  waits up to 30 s for a child that runs a part of the unit, and adds its failures
 * winetest_push_context() gives a prefix to the messages of this thread, until winetest_pop_context(). */
#define ok       ok_(__FILE__, __LINE__)
#define skip     skip_(__FILE__, __LINE__)
#define win_skip win_skip_(__FILE__, __LINE__)
#define trace    trace_(__FILE__, __LINE__)
#define wait_child_process wait_child_process_(__FILE__, __LINE__)

#define ok_(file, line)       (winetest_set_location(file, line), 0) ? (void)0 : winetest_ok
#define skip_(file, line)     (winetest_set_location(file, line), 0) ? (void)0 : winetest_skip
#define win_skip_(file, line) (winetest_set_location(file, line), 0) ? (void)0 : winetest_win_skip
#define trace_(file, line)    (winetest_set_location(file, line), 0) ? (void)0 : winetest_trace
#define wait_child_process_(file, line) \
    (winetest_set_location(file, line), 0) ? (void)0 : winetest_wait_child_process

#define todo_if(is_todo) \
    for (winetest_start_todo(is_todo); winetest_loop_todo(); winetest_end_todo())
#define todo_wine             todo_if(!strcmp(winetest_platform, "wine"))
#define todo_wine_if(is_todo) todo_if((is_todo) && !strcmp(winetest_platform, "wine"))

extern void winetest_set_location( const char *file, int line );
extern void winetest_start_todo( int is_todo );
extern int winetest_loop_todo(void);
extern void winetest_end_todo(void);

extern int broken( int condition );
extern int winetest_vok( int condition, const char *msg, va_list args );
extern void winetest_vskip( const char *msg, va_list args );
extern void winetest_ok( int condition, const char *msg, ... ) __WINE_PRINTF_ATTR(2, 3);
extern void winetest_skip( const char *msg, ... ) __WINE_PRINTF_ATTR(1, 2);
extern void winetest_win_skip( const char *msg, ... ) __WINE_PRINTF_ATTR(1, 2);
extern void winetest_trace( const char *msg, ... ) __WINE_PRINTF_ATTR(1, 2);
extern void winetest_push_context( const char *fmt, ... ) __WINE_PRINTF_ATTR(1, 2);
extern void winetest_pop_context(void);

/* The command line: argv[0] is the program, argv[1] the unit, the rest is the unit's own. */
extern int winetest_get_mainargs( char ***argv );
extern LONG winetest_get_failures(void);
extern void winetest_add_failures( LONG count );
extern void winetest_wait_child_process( HANDLE process );

#ifdef STANDALONE

struct test
{
    const char *name;
    void (*func)(void);
};

/* Ends with an entry whose name is NULL. */
extern const struct test winetest_testlist[];

#define START_TEST(name) \
    static void func_##name(void); \
    const struct test winetest_testlist[] = { { #name, func_##name }, { 0, 0 } }; \
    static void func_##name(void)

/* ---------------------------------- the framework, for the file with the list ---------------------------- */

#include <stdio.h>

int winetest_debug = 1;
int winetest_interactive;
int winetest_report_success;
const char *winetest_platform = "windows";

static int winetest_argc;
static char **winetest_argv;
static const struct test *winetest_current;
static DWORD winetest_tls;

static struct
{
    LONG successes, failures, todos, todo_successes, skipped;
} winetest_counts;

/* What a parent and a shell see of a process that crashed: more than 255 for the one, 255 for the other. */
#define WINETEST_CRASH_STATUS 0x1ff

struct winetest_thread
{
    const char *file;           /* of the last check */
    int line;
    unsigned int todo_levels;   /* one bit for each nested todo block, the innermost is the lowest */
    int todo_loop;
    unsigned int context_count;
    char contexts[8][128];
};

/* Each thread has its own, never freed: threads of a test are few. */
static struct winetest_thread *winetest_get_thread(void)
{
    DWORD error = GetLastError();
    struct winetest_thread *thread = TlsGetValue( winetest_tls );

    if (!thread)
    {
        thread = HeapAlloc( GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*thread) );
        thread->file = winetest_current->name;
        TlsSetValue( winetest_tls, thread );
    }
    SetLastError( error );
    return thread;
}

/* One write for one message: several threads and processes share the output, and lines must not mix. */
static void winetest_write( const char *str, int len )
{
    DWORD error = GetLastError(), written;

    WriteFile( GetStdHandle( STD_OUTPUT_HANDLE ), str, len, &written, NULL );
    SetLastError( error );
}

/* vsnprintf() of some C libraries returns -1, and terminates nothing, when the text does not fit. */
static int winetest_append( char *buffer, int size, int pos, const char *msg, va_list args )
{
    int len = vsnprintf( buffer + pos, size - pos, msg, args );

    if (len >= 0 && len < size - pos) return pos + len;
    buffer[size - 2] = '\n';
    buffer[size - 1] = 0;
    return size - 1;
}

static int winetest_append_args( char *buffer, int size, int pos, const char *msg, ... ) __WINE_PRINTF_ATTR(4, 5);
static int winetest_append_args( char *buffer, int size, int pos, const char *msg, ... )
{
    va_list args;

    va_start( args, msg );
    pos = winetest_append( buffer, size, pos, msg, args );
    va_end( args );
    return pos;
}

/* A message about the whole process. */
static void winetest_print( const char *msg, ... ) __WINE_PRINTF_ATTR(1, 2);
static void winetest_print( const char *msg, ... )
{
    char buffer[1024];
    va_list args;
    int len;

    va_start( args, msg );
    len = winetest_append( buffer, sizeof(buffer), 0, msg, args );
    va_end( args );
    winetest_write( buffer, len );
}

/* A message about the line of the last check. */
static void winetest_vprint( const char *kind, const char *msg, va_list args )
{
    struct winetest_thread *thread = winetest_get_thread();
    char buffer[4096];
    unsigned int i;
    int len;

    len = winetest_append_args( buffer, sizeof(buffer), 0, "%s:%d: %s", thread->file, thread->line, kind );
    for (i = 0; i < thread->context_count && i < ARRAY_SIZE(thread->contexts); i++)
        len = winetest_append_args( buffer, sizeof(buffer), len, "%s: ", thread->contexts[i] );
    len = winetest_append( buffer, sizeof(buffer), len, msg, args );
    winetest_write( buffer, len );
}

void winetest_set_location( const char *file, int line )
{
    struct winetest_thread *thread = winetest_get_thread();
    const char *p;

    if ((p = strrchr( file, '/' ))) file = p + 1;
    if ((p = strrchr( file, '\\' ))) file = p + 1;
    thread->file = file;
    thread->line = line;
}

void winetest_start_todo( int is_todo )
{
    struct winetest_thread *thread = winetest_get_thread();

    thread->todo_levels = (thread->todo_levels << 1) | !!is_todo;
    thread->todo_loop = 1;
}

int winetest_loop_todo(void)
{
    struct winetest_thread *thread = winetest_get_thread();
    int loop = thread->todo_loop;

    thread->todo_loop = 0;
    return loop;
}

void winetest_end_todo(void)
{
    winetest_get_thread()->todo_levels >>= 1;
}

void winetest_push_context( const char *fmt, ... )
{
    struct winetest_thread *thread = winetest_get_thread();
    va_list args;

    if (thread->context_count < ARRAY_SIZE(thread->contexts))
    {
        char *context = thread->contexts[thread->context_count];

        va_start( args, fmt );
        vsnprintf( context, sizeof(thread->contexts[0]), fmt, args );
        va_end( args );
        context[sizeof(thread->contexts[0]) - 1] = 0;
    }
    thread->context_count++;
}

void winetest_pop_context(void)
{
    struct winetest_thread *thread = winetest_get_thread();

    if (thread->context_count) thread->context_count--;
}

int broken( int condition )
{
    return condition && !strcmp( winetest_platform, "windows" );
}

int winetest_vok( int condition, const char *msg, va_list args )
{
    if (winetest_get_thread()->todo_levels)
    {
        if (condition)
        {
            InterlockedIncrement( &winetest_counts.todo_successes );
            winetest_vprint( "Test succeeded inside todo block: ", msg, args );
            return 0;
        }
        InterlockedIncrement( &winetest_counts.todos );
        if (winetest_debug) winetest_vprint( "Test marked todo: ", msg, args );
        return 1;
    }
    if (!condition)
    {
        InterlockedIncrement( &winetest_counts.failures );
        winetest_vprint( "Test failed: ", msg, args );
        return 0;
    }
    InterlockedIncrement( &winetest_counts.successes );
    if (winetest_report_success) winetest_vprint( "Test succeeded: ", msg, args );
    return 1;
}

void winetest_ok( int condition, const char *msg, ... )
{
    va_list args;

    va_start( args, msg );
    winetest_vok( condition, msg, args );
    va_end( args );
}

void winetest_vskip( const char *msg, va_list args )
{
    InterlockedIncrement( &winetest_counts.skipped );
    winetest_vprint( "Tests skipped: ", msg, args );
}

void winetest_skip( const char *msg, ... )
{
    va_list args;

    va_start( args, msg );
    winetest_vskip( msg, args );
    va_end( args );
}

void winetest_win_skip( const char *msg, ... )
{
    va_list args;

    va_start( args, msg );
    if (!strcmp( winetest_platform, "windows" )) winetest_vskip( msg, args );
    else winetest_vok( 0, msg, args );
    va_end( args );
}

void winetest_trace( const char *msg, ... )
{
    va_list args;

    if (!winetest_debug) return;
    va_start( args, msg );
    winetest_vprint( "", msg, args );
    va_end( args );
}

int winetest_get_mainargs( char ***argv )
{
    *argv = winetest_argv;
    return winetest_argc;
}

LONG winetest_get_failures(void)
{
    return winetest_counts.failures + winetest_counts.todo_successes;
}

void winetest_add_failures( LONG count )
{
    InterlockedExchangeAdd( &winetest_counts.failures, count );
}

/* The child has printed its failures already; here they are counted. */
void winetest_wait_child_process( HANDLE process )
{
    DWORD ret, status;

    winetest_ok( process != NULL, "There is no child process.\n" );
    if (!process) return;

    ret = WaitForSingleObject( process, 30000 );
    winetest_ok( ret == WAIT_OBJECT_0, "Waiting for the child process returned %lu.\n", (unsigned long)ret );
    if (ret != WAIT_OBJECT_0 || !GetExitCodeProcess( process, &status )) return;

    winetest_ok( status <= 255, "The child process crashed, status %#lx.\n", (unsigned long)status );
    if (!status || status > 255) return;
    winetest_trace( "%lu failures in the child process\n", (unsigned long)status );
    winetest_add_failures( status );
}

static LONG CALLBACK winetest_crashed( EXCEPTION_POINTERS *exception )
{
    struct winetest_thread *thread = winetest_get_thread();

    winetest_print( "%s:%d: Test failed: this is the last check before the crash.\n", thread->file, thread->line );
    winetest_print( "%04lx:%s: unhandled exception %08lx at %p\n", (unsigned long)GetCurrentProcessId(),
                    winetest_current->name, (unsigned long)exception->ExceptionRecord->ExceptionCode,
                    exception->ExceptionRecord->ExceptionAddress );
    TerminateProcess( GetCurrentProcess(), WINETEST_CRASH_STATUS );
    return EXCEPTION_EXECUTE_HANDLER;
}

static const struct test *winetest_find( const char *name )
{
    const struct test *test;

    for (test = winetest_testlist; test->name; test++)
        if (!strcmp( test->name, name )) return test;
    return NULL;
}

/* Returns the exit status: the number of failures, at most 255. A unit that checked nothing has failed. */
static int winetest_run( const struct test *test )
{
    LONG executed, failures;

    winetest_current = test;
    winetest_tls = TlsAlloc();
    SetUnhandledExceptionFilter( winetest_crashed );
    test->func();

    failures = winetest_get_failures();
    executed = winetest_counts.successes + winetest_counts.todos + failures;
    if (!executed)
    {
        winetest_print( "%s:0: Test failed: no test was executed.\n", test->name );
        failures = 1;
    }
    winetest_print( "%04lx:%s: %ld tests executed (%ld marked as todo, %ld %s), %ld skipped.\n",
                    (unsigned long)GetCurrentProcessId(), test->name, (long)executed,
                    (long)winetest_counts.todos, (long)failures, failures == 1 ? "failure" : "failures",
                    (long)winetest_counts.skipped );
    return failures > 255 ? 255 : failures;
}

static void winetest_read_environment(void)
{
    static char platform[32];
    HMODULE ntdll = GetModuleHandleA( "ntdll.dll" );
    const char *value;

    if ((value = getenv( "WINETEST_DEBUG" ))) winetest_debug = atoi( value );
    if ((value = getenv( "WINETEST_INTERACTIVE" ))) winetest_interactive = atoi( value );
    if ((value = getenv( "WINETEST_REPORT_SUCCESS" ))) winetest_report_success = atoi( value );
    if (GetEnvironmentVariableA( "WINETEST_PLATFORM", platform, sizeof(platform) )) winetest_platform = platform;
    else if (ntdll && GetProcAddress( ntdll, "wine_server_call" )) winetest_platform = "wine";
}

int main( int argc, char **argv )
{
    const struct test *test = NULL;

    winetest_argc = argc;
    winetest_argv = argv;
    winetest_read_environment();
    if (!winetest_interactive) SetErrorMode( SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX );

    if (argc > 1) test = winetest_find( argv[1] );
    else if (winetest_testlist[0].name && !winetest_testlist[1].name) test = winetest_testlist;
    if (test) return winetest_run( test );

    if (argc > 1 && !strcmp( argv[1], "--list" ))
    {
        for (test = winetest_testlist; test->name; test++) winetest_print( "%s\n", test->name );
        return 0;
    }
    winetest_print( "Usage: %s --list | UNIT [ARGUMENT...]\n", argv[0] );
    return 2;
}

#else /* STANDALONE */

#define START_TEST(name) void func_##name(void)

#endif /* STANDALONE */

#endif /* __WINE_WINE_TEST_H */
