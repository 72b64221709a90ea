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

DWORD sum_bytes( const char *lines, const char *call )
{
    const char *line, *end, *arrow;
    char process[32];
    DWORD sum = 0, bytes;

    snprintf( process, sizeof(process), "/%04lx ", GetCurrentProcessId() );
    for (line = lines; (end = strchr( line, '\n' )); line = end + 1)
    {
        const char *found = strstr( line, process );

        if (!found || found > end || !(found = strstr( found, call )) || found > end) continue;
        arrow = strstr( found, "-> " );
        if (arrow && arrow < end && sscanf( arrow, "-> %lu bytes", &bytes ) == 1) sum += bytes;
    }
    return sum;
}

/* The process has a socket of the layer before the function, which may need none. */
static void run_kind( const WCHAR *kind, void (*func)( const WCHAR *kind ) )
{
    char *lines;

    if (kind) install_tracelsp( kind );
    start_winsock();
    closesocket( bound_socket( SOCK_DGRAM, NULL ));
    func( kind );
    WSACleanup();
    if (!kind) return;
    lines = read_trace();
    expect_line( lines, "WSPBind", "-> 0" );
    free( lines );
    ok( !run_tracelsp( L"remove" ), "tracelsp remove failed.\n" );
}

/* A run that was killed may have left the layer. */
void run_kinds( const char *unit, void (*func)( const WCHAR *kind ) )
{
    static const struct test_case cases[] = {{ "bare", NULL }, { "ifs", NULL }, { "non_ifs", NULL }};
    static const WCHAR *const kinds[] = { NULL, L"--ifs", L"--non-ifs" };
    unsigned int i;
    char **argv;

    if (winetest_get_mainargs( &argv ) < 3)
    {
        run_tracelsp( L"remove" );
        run_cases( unit, cases, ARRAY_SIZE(cases) );
        return;
    }
    for (i = 0; i < ARRAY_SIZE(cases); i++) if (!strcmp( cases[i].name, argv[2] )) run_kind( kinds[i], func );
}
