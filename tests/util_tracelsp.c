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
