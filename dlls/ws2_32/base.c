/*
 * Wine's own Winsock, loaded beside ours
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

#include "base.h"
#include "winternl.h"
#include "atomic.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(winsock);

/* Both modules are called ws2_32.dll. Wine's loader finds modules by BaseDllName and remembers the last one
 * that it found, so that after a GetProcAddress() in the base "ws2_32" named the base for everybody (8.0,
 * 10.0). The base gets another name before any other thread can look; FullDllName stays.
 * The string is never freed: the base outlives us if we are unloaded. */
static void hide_base_name( HMODULE base )
{
    static const WCHAR name[] = L"ws2base.dll";
    LDR_DATA_TABLE_ENTRY *ldr;

    if (LdrFindEntryForAddress( base, &ldr )) return;
    if (!wcsicmp( ldr->BaseDllName.Buffer, name )) return;
    RtlCreateUnicodeString( &ldr->BaseDllName, name );
}

static HMODULE load_base(void)
{
    static const WCHAR subdir[] = L"\\winelsp\\ws2_32.dll";
    WCHAR path[MAX_PATH + ARRAY_SIZE(subdir)];
    HMODULE base, self = NULL;
    UINT len;

    GetModuleHandleExW( GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                        (const WCHAR *)load_base, &self );
    len = GetSystemDirectoryW( path, MAX_PATH );
    memcpy( path + len, subdir, sizeof(subdir) );

    if (!(base = LoadLibraryW( path ))) base = LoadLibraryW( L"ws2base.dll" );
    if (!base)
        ERR( "Wine's own Winsock is missing: neither %s nor ws2base.dll can be loaded.\n", debugstr_w(path) );
    else if (base == self)
    {
        ERR( "%s loads this module instead of Wine's own.\n", debugstr_w(path) );
        base = NULL;
    }
    else hide_base_name( base );
    return base;
}

static BOOL bind_functions( HMODULE module, struct base_winsock *functions )
{
#define X(name) \
    if (!(functions->name = (void *)GetProcAddress( module, #name ))) \
    { \
        ERR( "Wine's own Winsock lacks " #name ".\n" ); \
        return FALSE; \
    }
    BASE_FUNCTIONS
#undef X
    return TRUE;
}

/* The loader lock is the only one here: with another, a DllMain that calls us could wait for a thread that
 * waits for the loader. It is reentrant, and the pointer is published after the functions are in place. */
const struct base_winsock *get_base_winsock(void)
{
    static struct base_winsock functions;
    static const struct base_winsock *base;
    static BOOL tried;
    HMODULE module;
    ULONG_PTR magic;
    DWORD error;

    if (read_pointer_acquire( (void **)&base )) return base;

    error = GetLastError();
    LdrLockLoaderLock( 0, NULL, &magic );
    if (!tried)
    {
        tried = TRUE;
        if ((module = load_base()) && bind_functions( module, &functions ))
            InterlockedExchangePointer( (void **)&base, &functions );
    }
    LdrUnlockLoaderLock( 0, magic );
    SetLastError( error );
    return base;
}
