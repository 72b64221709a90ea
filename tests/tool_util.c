/*
 * Tests of the catalog tool: running it
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

#include "tool_util.h"

struct tool_result run_result;

static void read_pipe( HANDLE pipe, char *buffer, DWORD size )
{
    DWORD len = 0, count;

    while (len < size - 1 && ReadFile( pipe, buffer + len, size - 1 - len, &count, NULL ) && count) len += count;
    buffer[len] = 0;
    CloseHandle( pipe );
}

void run_tool( const WCHAR *args )
{
    SECURITY_ATTRIBUTES inherit = {sizeof(inherit), NULL, TRUE};
    STARTUPINFOW startup = {.cb = sizeof(startup), .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION process;
    HANDLE out, err;
    WCHAR cmd[2000];
    DWORD status;
    BOOL ret;

    memset( &run_result, 0, sizeof(run_result) );
    run_result.status = -1;
    CreatePipe( &out, &startup.hStdOutput, &inherit, 0 );
    CreatePipe( &err, &startup.hStdError, &inherit, 0 );
    SetHandleInformation( out, HANDLE_FLAG_INHERIT, 0 );
    SetHandleInformation( err, HANDLE_FLAG_INHERIT, 0 );

    swprintf( cmd, ARRAY_SIZE(cmd), L"winelsp.exe %ls", args );
    ret = CreateProcessW( NULL, cmd, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process );
    ok( ret, "Cannot start winelsp.exe, error %lu.\n", GetLastError() );
    CloseHandle( startup.hStdOutput );
    CloseHandle( startup.hStdError );
    read_pipe( out, run_result.out, sizeof(run_result.out) );
    read_pipe( err, run_result.err, sizeof(run_result.err) );
    if (!ret) return;

    ok( !WaitForSingleObject( process.hProcess, 30000 ), "winelsp.exe does not end.\n" );
    GetExitCodeProcess( process.hProcess, &status );
    run_result.status = status;
    CloseHandle( process.hProcess );
    CloseHandle( process.hThread );
}

void check_success_( const char *file, int line, const WCHAR *args )
{
    run_tool( args );
    ok_(file, line)( !run_result.status, "Got status %d.\n", run_result.status );
    ok_(file, line)( !run_result.err[0], "Got error %s\n", run_result.err );
}
void check_failure_( const char *file, int line, const WCHAR *args, int status, const char *text )
{
    struct dump before;

    dump_registry( &before );
    run_tool( args );
    ok_(file, line)( run_result.status == status, "Got status %d.\n", run_result.status );
    ok_(file, line)( strstr( run_result.err, text ) != NULL, "Got error %s\n", run_result.err );
    ok_(file, line)( !run_result.out[0], "Got output %s\n", run_result.out );
    check_registry_( file, line, &before );
    free( before.data );
}

static void add_to_dump( struct dump *dump, const void *data, DWORD size )
{
    dump->data = realloc( dump->data, dump->size + size );
    memcpy( dump->data + dump->size, data, size );
    dump->size += size;
}

static void dump_key( HKEY key, struct dump *dump )
{
    static BYTE data[65536];
    DWORD i, len, type, size;
    WCHAR name[256];
    HKEY subkey;

    for (i = 0;; ++i)
    {
        len = ARRAY_SIZE(name);
        size = sizeof(data);
        if (RegEnumValueW( key, i, name, &len, NULL, &type, data, &size )) break;
        if (!wcscmp( name, L"Serial_Access_Num" )) continue;
        add_to_dump( dump, name, (len + 1) * sizeof(WCHAR) );
        add_to_dump( dump, &type, sizeof(type) );
        add_to_dump( dump, &size, sizeof(size) );
        add_to_dump( dump, data, size );
    }
    for (i = 0;; ++i)
    {
        len = ARRAY_SIZE(name);
        if (RegEnumKeyExW( key, i, name, &len, NULL, NULL, NULL, NULL )) break;
        add_to_dump( dump, L"[", sizeof(L"[") );
        add_to_dump( dump, name, (len + 1) * sizeof(WCHAR) );
        if (RegOpenKeyExW( key, name, 0, KEY_READ, &subkey )) continue;
        dump_key( subkey, dump );
        RegCloseKey( subkey );
        add_to_dump( dump, L"]", sizeof(L"]") );
    }
}

void dump_registry( struct dump *dump )
{
    LSTATUS status;
    HKEY key;

    memset( dump, 0, sizeof(*dump) );
    status = RegOpenKeyExW( HKEY_LOCAL_MACHINE, PARAMETERS_KEY, 0, KEY_READ, &key );
    ok( !status, "Opening the key returned %ld.\n", status );
    dump_key( key, dump );
    RegCloseKey( key );
}

void check_registry_( const char *file, int line, const struct dump *expected )
{
    struct dump dump;
    DWORD i;

    dump_registry( &dump );
    for (i = 0; i < dump.size && i < expected->size && dump.data[i] == expected->data[i]; ++i) {}
    ok_(file, line)( dump.size == expected->size && i == dump.size,
                     "The registry differs: %lu bytes, not %lu, at %lu.\n", dump.size, expected->size, i );
    free( dump.data );
}

void scratch_path( const WCHAR *name, WCHAR path[MAX_PATH] )
{
    GetTempPathW( MAX_PATH - 20, path );
    wcscat( path, name );
    DeleteFileW( path );
}

char *read_file( const WCHAR *path, DWORD *size )
{
    HANDLE file = CreateFileW( path, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL );
    char *data = NULL;
    DWORD count;

    ok( file != INVALID_HANDLE_VALUE, "Cannot open %ls, error %lu.\n", path, GetLastError() );
    *size = GetFileSize( file, NULL );
    data = calloc( 1, *size + 1 );
    ReadFile( file, data, *size, &count, NULL );
    ok( count == *size, "Got %lu bytes of %lu.\n", count, *size );
    CloseHandle( file );
    return data;
}

void write_file( const WCHAR *path, const void *data, DWORD size )
{
    HANDLE file = CreateFileW( path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL );
    DWORD count;

    ok( file != INVALID_HANDLE_VALUE, "Cannot make %ls, error %lu.\n", path, GetLastError() );
    WriteFile( file, data, size, &count, NULL );
    CloseHandle( file );
}
