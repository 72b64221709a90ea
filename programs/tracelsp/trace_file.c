/*
 * Where the layer finds the name of its trace file
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


#include "installer.h"

#define TRACELSP_KEY L"Software\\winelsp\\tracelsp"

/* The layer has nobody to tell when it cannot write. */
static int check_file( const WCHAR *path )
{
    HANDLE file = CreateFileW( path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                               OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL );

    if (file == INVALID_HANDLE_VALUE) return fail( L"'%ls' cannot be written: error %lu.", path, GetLastError() );
    CloseHandle( file );
    return 0;
}

/* One value for 64-bit and 32-bit programs. */
int set_trace_file( const WCHAR *name )
{
    WCHAR path[MAX_PATH];
    LSTATUS status;
    DWORD len;
    HKEY key;
    int ret;

    delete_trace_file();
    if (!name) return 0;
    len = GetFullPathNameW( name, MAX_PATH, path, NULL );
    if (!len || len >= MAX_PATH) return fail( L"'%ls' cannot be a file name.", name );
    if ((ret = check_file( path ))) return ret;
    status = RegCreateKeyExW( HKEY_LOCAL_MACHINE, TRACELSP_KEY, 0, NULL, 0, KEY_SET_VALUE | KEY_WOW64_64KEY, NULL,
                              &key, NULL );
    if (!status)
    {
        status = RegSetValueExW( key, L"TraceFile", 0, REG_SZ, (const BYTE *)path, (len + 1) * sizeof(*path) );
        RegCloseKey( key );
    }
    if (status) return fail( L"the registry key HKLM\\%ls cannot be written: error %ld.", TRACELSP_KEY, (long)status );
    return 0;
}

void delete_trace_file(void)
{
    RegDeleteKeyExW( HKEY_LOCAL_MACHINE, TRACELSP_KEY, KEY_WOW64_64KEY, 0 );
}
