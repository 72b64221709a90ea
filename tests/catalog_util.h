/*
 * What the tests of the transport catalog share
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

#ifndef __WINELSP_TESTS_CATALOG_UTIL_H
#define __WINELSP_TESTS_CATALOG_UTIL_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#include "windef.h"
#include "winbase.h"
#include "winreg.h"
#include "winsock2.h"
#include "ws2spi.h"
#include "sporder.h"

#include "wine/test.h"

#define PARAMETERS_KEY L"System\\CurrentControlSet\\Services\\WinSock2\\Parameters"
#define CATALOG_KEY    PARAMETERS_KEY L"\\Protocol_Catalog9"
#define APP_ID_KEY     PARAMETERS_KEY L"\\AppId_Catalog"

#ifdef _WIN64
#define NATIVE_ENTRIES L"Catalog_Entries64"
#define NATIVE_COUNT   L"Num_Catalog_Entries64"
#else
#define NATIVE_ENTRIES L"Catalog_Entries"
#define NATIVE_COUNT   L"Num_Catalog_Entries"
#endif

#define LSP_PATH L"%SystemRoot%\\system32\\winetestlsp.dll"

extern GUID tcpip_guid, tcpip6_guid;            /* of the base entries */
extern GUID lsp_guid, lsp2_guid, chain_guid;    /* for what a test installs */
extern GUID unknown_guid;                       /* never installed */

/* --- the registry --- */

/* The value PackedCatalogItem. */
struct packed_item
{
    char path[260];
    WSAPROTOCOL_INFOW info;
};

C_ASSERT( sizeof(struct packed_item) == 888 );

/* Makes a key of HKEY_LOCAL_MACHINE a copy of another. */
extern LSTATUS copy_key( const WCHAR *from, const WCHAR *to );

/* Keeps the whole catalog aside, for restore_catalog(); FALSE if that fails. */
extern BOOL save_catalog(void);
extern void restore_catalog(void);

/* Deletes the key of the catalog: there are the base entries only, and the registry does not have them. */
extern void reset_catalog(void);

/* A value of the catalog's key; 0 if it is not there. */
extern DWORD get_dword( const WCHAR *value );
extern int get_count( const WCHAR *value );
extern BOOL has_value( const WCHAR *value );
extern void set_value( const WCHAR *value, DWORD type, const void *data, DWORD size );

/* The key of an entry of the native catalog, counted from 1, below HKEY_LOCAL_MACHINE. */
extern void item_key( unsigned int number, WCHAR name[256] );
extern BOOL read_item( unsigned int number, struct packed_item *item );
extern void write_item( unsigned int number, const void *item, DWORD size );

/* Keeps everybody from opening a key, or lets everybody. */
extern void deny_access( HKEY key, BOOL deny );

/* --- the catalog --- */

struct list
{
    int count;
    WSAPROTOCOL_INFOW infos[100];
};

/* The native catalog, or with wow32, in a 64-bit process, that of 32-bit processes. */
extern void get_list_of( BOOL wow32, struct list *list );
extern void get_list( struct list *list );

/* The index of an entry, or -1. */
extern int find_id( const struct list *list, DWORD id );
extern int count_provider( const struct list *list, const GUID *guid );

/* Checks that the native catalog is the one in the list, in every byte. */
#define check_unchanged( expected ) check_unchanged_( __FILE__, __LINE__, expected )
extern void check_unchanged_( const char *file, int line, const struct list *expected );

/* Entries as installers make them: from a copy of another entry. The chain is of two elements. */
extern WSAPROTOCOL_INFOW make_layer( const struct list *list, const WCHAR *name );
extern WSAPROTOCOL_INFOW make_chain( const struct list *list, DWORD layer, DWORD lower, const WCHAR *name );

/* WSCInstallProvider with LSP_PATH, which has to succeed. */
#define install( guid, infos, count ) install_( __FILE__, __LINE__, guid, infos, count )
extern void install_( const char *file, int line, GUID *guid, WSAPROTOCOL_INFOW *infos, DWORD count );

#define check_error( ret, error, expected ) \
    ok( (ret) == SOCKET_ERROR && (error) == (expected), "Got %d, error %d.\n", ret, error )

#endif /* __WINELSP_TESTS_CATALOG_UTIL_H */
