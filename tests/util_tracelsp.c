/*
 * What the test units that use the sample layer share
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

#include "util_tracelsp.h"

DWORD run_tracelsp( const WCHAR *args )
{
    WCHAR path[MAX_PATH], command[2 * MAX_PATH + 64];
    STARTUPINFOW startup = {0};
    PROCESS_INFORMATION info;
    DWORD code = 0xdead;
    BOOL ret;

    get_test_path( L"tracelsp.exe", path );
    if (GetFileAttributesW( path ) == INVALID_FILE_ATTRIBUTES)
    {
        GetSystemDirectoryW( path, MAX_PATH );
        lstrcatW( path, L"\\tracelsp.exe" );
    }
    wsprintfW( command, L"\"%s\" %s", path, args );
    startup.cb = sizeof(startup);
    ret = CreateProcessW( NULL, command, NULL, NULL, FALSE, CREATE_NO_WINDOW, NULL, NULL, &startup, &info );
    ok( ret, "%s cannot be run, error %lu.\n", wine_dbgstr_w(command), GetLastError() );
    if (!ret) return code;
    ok( !WaitForSingleObject( info.hProcess, 20000 ), "%s does not end.\n", wine_dbgstr_w(command) );
    GetExitCodeProcess( info.hProcess, &code );
    CloseHandle( info.hThread );
    CloseHandle( info.hProcess );
    return code;
}

void get_trace_path( WCHAR *path )
{
    GetTempPathW( MAX_PATH, path );
    lstrcatW( path, L"winelsp-test.trace" );
}

void install_tracelsp( const WCHAR *kind )
{
    WCHAR path[MAX_PATH], args[2 * MAX_PATH];
    DWORD ret;

    get_trace_path( path );
    DeleteFileW( path );
    wsprintfW( args, L"install %s --trace \"%s\"", kind, path );
    ret = run_tracelsp( args );
    ok( !ret, "tracelsp install ended with %lu.\n", ret );
}

char *read_trace(void)
{
    DWORD size, read = 0;
    WCHAR path[MAX_PATH];
    HANDLE file;
    char *ret;

    get_trace_path( path );
    file = CreateFileW( path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL );
    ok( file != INVALID_HANDLE_VALUE, "There is no trace, error %lu.\n", GetLastError() );
    size = file == INVALID_HANDLE_VALUE ? 0 : GetFileSize( file, NULL );
    ret = calloc( 1, size + 1 );
    if (size) ReadFile( file, ret, size, &read, NULL );
    CloseHandle( file );
    return ret;
}

BOOL has_line( const char *lines, const char *first, const char *second )
{
    char process[32];
    const char *line, *end, *found;

    snprintf( process, sizeof(process), "/%04lx ", GetCurrentProcessId() );
    for (line = lines; (end = strchr( line, '\n' )); line = end + 1)
    {
        if (!(found = strstr( line, process )) || found > end) continue;
        if (!(found = strstr( line, first )) || found > end) continue;
        if ((found = strstr( found, second )) && found < end) return TRUE;
    }
    return FALSE;
}
