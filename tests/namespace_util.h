/*
 * What the tests of the name-space catalog share
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

#ifndef __WINELSP_TESTS_NAMESPACE_UTIL_H
#define __WINELSP_TESTS_NAMESPACE_UTIL_H

#include "catalog_util.h"

#define NAMESPACE_CATALOG L"NameSpace_Catalog5"
#define NAMESPACE_KEY     PARAMETERS_KEY L"\\" NAMESPACE_CATALOG
#define NAMESPACE_PATH    L"%SystemRoot%\\system32\\winetestnsp.dll"

extern GUID dns_guid;       /* of the base provider */

/* A provider that tests install; numbers from 0. */
extern GUID namespace_guid( int number );

/* --- the registry --- */

/* As save_catalog(), restore_catalog() and reset_catalog(), for the name-space catalog. */
extern BOOL save_namespaces(void);
extern void restore_namespaces(void);
extern void reset_namespaces(void);

/* A value of the catalog's key; 0 if it is not there. */
extern DWORD get_namespace_dword( const WCHAR *value );
extern BOOL has_namespace_value( const WCHAR *value );
extern void set_namespace_value( const WCHAR *value, DWORD type, const void *data, DWORD size );

/* An entry of the native catalog, counted from 1, as its values are in the registry. */
struct namespace_item
{
    GUID id;
    DWORD name_space;
    DWORD version;
    DWORD enabled;
    DWORD class_info;
    WCHAR name[256];
    WCHAR path[MAX_PATH];
    DWORD info_size;
    BYTE info[256];
};

/* Opens the key of an entry, and makes it if it is not there. */
extern HKEY open_namespace_item( unsigned int number );

/* FALSE if there is no such key, or one of the values is missing or of another type. */
extern BOOL read_namespace_item( unsigned int number, struct namespace_item *item );

/* Writes all values but the info. */
extern void write_namespace_item( unsigned int number, const struct namespace_item *item );

/* --- the catalog --- */

struct namespace_list
{
    int count;
    WSANAMESPACE_INFOEXW *infos;
    BYTE buffer[0x10000];   /* that they are in */
};

/* The native catalog, or with wow32, in a 64-bit process, that of 32-bit processes. Winsock has to be started. */
extern void get_namespaces_of( BOOL wow32, struct namespace_list *list );
extern void get_namespaces( struct namespace_list *list );

/* The index of a provider, or -1. */
extern int find_namespace( const struct namespace_list *list, const GUID *id );

/* Checks that the native catalog is the one in the list, in everything. */
#define check_namespaces( expected ) check_namespaces_( __FILE__, __LINE__, expected )
extern void check_namespaces_( const char *file, int line, const struct namespace_list *expected );

/* WSCInstallNameSpace of a numbered provider with NAMESPACE_PATH and NS_DNS, which has to succeed. Its version is its
 * number. */
#define install_namespace( number, name ) install_namespace_( __FILE__, __LINE__, number, name )
extern void install_namespace_( const char *file, int line, int number, const WCHAR *name );

/* Checks a call that reports through the last error. */
#define check_fails( call, expected ) check_fails_( __FILE__, __LINE__, (SetLastError( 0xdead ), call), expected )
extern void check_fails_( const char *file, int line, int ret, int expected );

#endif /* __WINELSP_TESTS_NAMESPACE_UTIL_H */
