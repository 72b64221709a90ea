/*
 * What the tests of completion share
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

#ifndef __WINELSP_TESTS_UTIL_COMPLETE_H
#define __WINELSP_TESTS_UTIL_COMPLETE_H

#include <ntstatus.h>
#define WIN32_NO_STATUS
#include "util.h"
#include "winternl.h"

/* Installs and starts a non-IFS layer, and makes a handle that none of its functions is ever called with: only the
 * completion is of interest. The process ends when the layer does not start. */
extern SOCKET make_handle( struct test_layer *layer );

/* An operation in progress, as a layer leaves it: Offset and OffsetHigh are the layer's. */
extern OVERLAPPED in_progress( HANDLE event );

/* What a completion leaves of an in_progress(). */
extern void check_fields( const OVERLAPPED *overlapped, DWORD size, NTSTATUS status, HANDLE event );

/* The port has this packet, and no other; an error of 0 means that the operation succeeded. */
extern void check_packet( HANDLE port, ULONG_PTR expected_key, const OVERLAPPED *expected, DWORD expected_size,
                          DWORD expected_error );
extern void check_no_packet( HANDLE port );

/* WPUCompleteOverlappedRequest, which has to succeed and to keep the last error. */
extern void complete( SOCKET s, OVERLAPPED *overlapped, DWORD code, DWORD size );

#endif /* __WINELSP_TESTS_UTIL_COMPLETE_H */
