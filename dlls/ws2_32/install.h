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

/* Copies a provider's path from an application into dst. Returns 0, WSAEFAULT, or WSAEINVAL for one that is empty
 * or that the catalog cannot hold. */
extern int copy_provider_path( WCHAR dst[MAX_PATH], const WCHAR *src );

/* Copies an array of count entries from an application into *ret, which the caller frees with free(). Returns 0,
 * WSAEINVAL for none, WSAENOBUFS without memory, or WSAEFAULT. */
extern int copy_infos( const WSAPROTOCOL_INFOW *infos, DWORD count, WSAPROTOCOL_INFOW **ret );

/* The end of each WSC function: 0, or SOCKET_ERROR with error in *ret_error, which is else left alone. */
extern int wsc_result( int error, int *ret_error );

#endif /* __WINELSP_INSTALL_H */
