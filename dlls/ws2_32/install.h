/*
 * Transport catalog: installing and removing providers
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

#ifndef __WINELSP_INSTALL_H
#define __WINELSP_INSTALL_H

#include "catalog.h"

/* --- install.c --- */

/* Copies a provider's path from an application into dst. Returns 0, WSAEFAULT, or WSAEINVAL for one that is empty
 * or that the catalog cannot hold. */
extern int copy_provider_path( WCHAR dst[MAX_PATH], const WCHAR *src );

/* Copies an array of count entries from an application into *ret, which the caller frees with free(). Returns 0,
 * WSAEINVAL for none, WSAENOBUFS without memory, or WSAEFAULT. */
extern int copy_infos( const WSAPROTOCOL_INFOW *infos, DWORD count, WSAPROTOCOL_INFOW **ret );

/* catalog_edit_begin() for the functions that have no code for another writer that does not finish: WSANO_RECOVERY in
 * place of WSAEINPROGRESS. */
extern int begin_edit( struct catalog_edit **ret );

/* The end of each WSC function: 0, or SOCKET_ERROR with error in *ret_error, which is else left alone. */
extern int wsc_result( int error, int *ret_error );

/* --- provider_file.c --- */

/* Whether the DLL at a path, with its environment strings unexpanded, is one that a provider can be installed with:
 * returns 0, or WSAEINVALIDPROCTABLE if it is no DLL for the processes of the catalog, or does not export WSPStartup.
 * The file is read as data, no code of the provider runs: that a provider which is not IFS has all the extension
 * functions (§9) is seen only when it runs. A file that is not there or cannot be read passes, because installers
 * may copy it later, and so does a name without a folder, which each program searches itself: a program whose
 * provider cannot be loaded gets WSAEPROVIDERFAILEDINIT. Any thread. */
extern int check_provider_file( enum catalog_kind kind, const WCHAR *path );

/* Whether 32-bit processes find a file of theirs under the same path: only in system32 is one put in its place. */
extern BOOL is_redirected_path( const WCHAR *path );

#endif /* __WINELSP_INSTALL_H */
