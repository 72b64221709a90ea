/*
 * The trace file
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


#include <stdarg.h>
#include <stdio.h>

#include "tracelsp.h"

/* One line for each call from above, written when it returns:
 *
 *   TIME PROGRAM/PROCESS tid=THREAD s=SOCKET CALL [ARGUMENTS] -> RESULT
 *
 *   2026-11-24T11:02:03.123456Z node.exe/0124 tid=0128 s=00f4 WSPConnect 127.0.0.1:8080 -> 0
 *   2026-11-24T11:02:03.125120Z node.exe/0124 tid=0128 s=00f4 WSPRecv 65536 bytes -> 1024 bytes
 *   2026-11-24T11:02:03.125311Z node.exe/0124 tid=0128 s=00f4 WSPRecv 65536 bytes -> WSAEWOULDBLOCK
 *   2026-11-24T11:02:03.125402Z node.exe/0124 tid=0128 s=00f4 WSPRecv 65536 bytes ov=0011f0a8 -> WSA_IO_PENDING
 *   2026-11-24T11:02:03.131007Z node.exe/0124 tid=0130 s=00f4 WSPRecv completed ov=0011f0a8 -> 4096 bytes
 *
 * TIME is UTC. PROCESS, THREAD, SOCKET and ov, which is the address of the OVERLAPPED, are hexadecimal; everything
 * else is decimal. A blank in the program's name is written as _. SOCKET is - in a call without one. The result of a
 * call that makes a socket is s=SOCKET, that of one that moves data is the number of bytes, an error has its name.
 * "N bytes" before the arrow is the size of the caller's buffers. "completed" is the end of an overlapped request; it
 * may stand before the line of its call, since another thread writes it. Only a non-IFS layer sees it: an IFS one
 * hands the request on and never hears of it again, unless the program asks WSAGetOverlappedResult().
 * What is sent and received is never written.
 *
 * The file is named by the environment variable TRACELSP_FILE or, without that, by the value TraceFile that the
 * installer puts into the registry. With neither there is no trace. */

static HANDLE trace_file = INVALID_HANDLE_VALUE;
static HANDLE trace_mutex;
static char program_name[64];

static BOOL get_file_name( WCHAR *name, DWORD size )
{
    DWORD len = GetEnvironmentVariableW( L"TRACELSP_FILE", name, size ), type, bytes = (size - 1) * sizeof(*name);
    LSTATUS status;
    HKEY key;

    if (len) return len < size;
    if (RegOpenKeyExW( HKEY_LOCAL_MACHINE, L"Software\\winelsp\\tracelsp", 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key ))
        return FALSE;
    status = RegQueryValueExW( key, L"TraceFile", NULL, &type, (BYTE *)name, &bytes );
    RegCloseKey( key );
    if (status || type != REG_SZ) return FALSE;
    name[bytes / sizeof(*name)] = 0;
    return *name != 0;
}

static void init_program_name(void)
{
    WCHAR path[MAX_PATH], *name;
    char *p;

    GetModuleFileNameW( NULL, path, MAX_PATH );
    path[MAX_PATH - 1] = 0;
    name = wcsrchr( path, '\\' );
    if (!WideCharToMultiByte( CP_UTF8, 0, name ? name + 1 : path, -1, program_name, sizeof(program_name), NULL, NULL ))
        strcpy( program_name, "?" );
    for (p = program_name; *p; ++p)
        if (*p == ' ') *p = '_';
}

/* All processes write to the same file. Windows appends atomically, but Wine looks for the end and then writes
 * there, so they take turns. */
void trace_open(void)
{
    WCHAR name[MAX_PATH];

    if (trace_enabled() || !get_file_name( name, MAX_PATH )) return;
    init_program_name();
    trace_mutex = CreateMutexW( NULL, FALSE, L"tracelsp_file" );
    trace_file = CreateFileW( name, FILE_APPEND_DATA | SYNCHRONIZE,
                              FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS,
                              FILE_ATTRIBUTE_NORMAL, NULL );
}

/* For DllMain() only, since a thread may still be about to write. */
void trace_close(void)
{
    if (trace_mutex) CloseHandle( trace_mutex );
    if (trace_enabled()) CloseHandle( trace_file );
}

BOOL trace_enabled(void)
{
    return trace_file != INVALID_HANDLE_VALUE;
}

static int append( char *line, int len, int size, const char *format, ... )
{
    va_list args;
    int ret;

    va_start( args, format );
    ret = vsnprintf( line + len, size - len, format, args );
    va_end( args );
    return ret < 0 || ret >= size - len ? size - 1 : len + ret;
}

static int append_prefix( char *line, int size, const char *name, SOCKET s )
{
    ULARGE_INTEGER now;
    SYSTEMTIME time;
    FILETIME file_time;
    int len;

    GetSystemTimeAsFileTime( &file_time );
    FileTimeToSystemTime( &file_time, &time );
    now.LowPart = file_time.dwLowDateTime;
    now.HighPart = file_time.dwHighDateTime;

    len = append( line, 0, size, "%04u-%02u-%02uT%02u:%02u:%02u.%06luZ %s/%04lx tid=%04lx ", time.wYear, time.wMonth,
                  time.wDay, time.wHour, time.wMinute, time.wSecond, (unsigned long)(now.QuadPart / 10 % 1000000),
                  program_name, (unsigned long)GetCurrentProcessId(), (unsigned long)GetCurrentThreadId() );
    if (s == INVALID_SOCKET)
        len = append( line, len, size, "s=- " );
    else
        len = append( line, len, size, "s=%04lx ", (unsigned long)s );
    return append( line, len, size, "%s ", name );
}

/* A thread may have been stopped or killed while it had the mutex, so the wait has an end. */
void trace_line( const char *name, SOCKET s, const char *format, ... )
{
    DWORD last_error = GetLastError(), written, wait = WAIT_FAILED;
    char line[512];
    va_list args;
    int len, ret;

    len = append_prefix( line, sizeof(line), name, s );
    va_start( args, format );
    ret = vsnprintf( line + len, sizeof(line) - len, format, args );
    va_end( args );
    len = ret < 0 || ret >= (int)sizeof(line) - len ? (int)sizeof(line) - 1 : len + ret;
    line[len++] = '\n';     /* in the place of the terminating 0 */

    if (trace_mutex) wait = WaitForSingleObject( trace_mutex, 1000 );
    WriteFile( trace_file, line, len, &written, NULL );
    if (wait == WAIT_OBJECT_0 || wait == WAIT_ABANDONED) ReleaseMutex( trace_mutex );
    SetLastError( last_error );
}
