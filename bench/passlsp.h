/*
 * Pass-through provider: what the benchmarks know of it
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

#ifndef __WINELSP_PASSLSP_H
#define __WINELSP_PASSLSP_H

#include <stdarg.h>
#include "windef.h"
#include "winbase.h"
#include "winsock2.h"
#include "ws2spi.h"

/* Flags of WSPSend that no protocol has. The layer that answers returns 0 at once. */
#define PASSLSP_ANSWER_FIRST 0x10000000     /* each layer answers, so it is the topmost */
#define PASSLSP_ANSWER_LAST  0x20000000     /* the layer over the base answers */

/* Exported as "passlsp_get": the upcalls, and the id of the chain over TCP. 0 before WSPStartup for it. */
typedef DWORD (CDECL *PASSLSP_GET)( WSPUPCALLTABLE *upcalls );

#endif /* __WINELSP_PASSLSP_H */
