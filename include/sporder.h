/*
 * Order of the Winsock 2 catalogs
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

#ifndef _SPORDER_H_
#define _SPORDER_H_

#ifndef _WINSOCK2SPI_
#include <ws2spi.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* All of them return the error code itself, 0 on success: not SOCKET_ERROR, and no last error. */
int WSPAPI WSCWriteProviderOrder(LPDWORD,DWORD);
int WSPAPI WSCWriteNameSpaceOrder(LPGUID,DWORD);
#ifdef _WIN64
int WSPAPI WSCWriteProviderOrder32(LPDWORD,DWORD);
int WSPAPI WSCWriteNameSpaceOrder32(LPGUID,DWORD);
#endif

#ifdef __cplusplus
}
#endif

#endif /* _SPORDER_H_ */
