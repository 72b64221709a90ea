/*
 * Wine's own system processes
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

#include "ws2_32_private.h"
#include "category.h"

/* What Wine 8.0 starts without the user's asking: wineserver and the loader (wineboot, explorer as the desktop,
 * conhost), wineboot (services, winemenubuilder), services.exe (the rest; drivers live in winedevice). wineboot and
 * http.sys, a driver, import ws2_32; others may get it with rpcrt4, wininet or winhttp.
 * Not among them are services that do the user's work and hosts of anybody's code: msiexec, dllhost, rundll32. */
static const WCHAR *const system_programs[] =
{
    L"conhost.exe",
    L"explorer.exe",
    L"plugplay.exe",
    L"rpcss.exe",
    L"services.exe",
    L"spoolsv.exe",
    L"svchost.exe",
    L"termsv.exe",
    L"wineboot.exe",
    L"winedevice.exe",
    L"winemenubuilder.exe",
    L"winmgmt.exe",
    L"wuauserv.exe",
};

static BOOL is_system_program( const WCHAR *name )
{
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(system_programs); ++i)
        if (!wcsicmp( name, system_programs[i] )) return TRUE;
    return FALSE;
}

/* A 32-bit process in a 64-bit prefix may see its folder as either. */
static BOOL is_system_folder( const WCHAR *path, UINT len )
{
    WCHAR folder[MAX_PATH];
    UINT folder_len;

    folder_len = GetSystemDirectoryW( folder, ARRAY_SIZE(folder) );
    if (folder_len == len && !wcsnicmp( path, folder, len )) return TRUE;
    folder_len = GetSystemWow64DirectoryW( folder, ARRAY_SIZE(folder) );
    return folder_len == len && !wcsnicmp( path, folder, len );
}

BOOL is_system_process(void)
{
    DWORD len, value, size = sizeof(value);
    WCHAR path[MAX_PATH], *name;

    /* A longer path is not one of the system folder. */
    len = GetModuleFileNameW( NULL, path, ARRAY_SIZE(path) );
    if (!len || len >= ARRAY_SIZE(path) || !(name = wcsrchr( path, '\\' ))) return FALSE;
    if (!is_system_program( name + 1 ) || !is_system_folder( path, name - path )) return FALSE;

    return RegGetValueW( HKEY_LOCAL_MACHINE, PARAMETERS_KEY, VALUE_SYSTEM_SWITCH, RRF_RT_REG_DWORD, NULL, &value,
                         &size ) || !value;
}
